-- CreateTable
CREATE TABLE "root_key" (
    "generation" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "publicKey" JSONB NOT NULL,
    "announcement" TEXT,
    "announcedAt" TIMESTAMPTZ(3),
    "notBefore" TIMESTAMPTZ(3),
    "activeSince" TIMESTAMPTZ(3),

    CONSTRAINT "root_key_pkey" PRIMARY KEY ("generation")
);

-- CreateTable
CREATE TABLE "root_pin" (
    "memberId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "generation" INTEGER NOT NULL,
    "nextFingerprint" TEXT,
    "nextUsableFrom" TIMESTAMPTZ(3),
    "refused" TEXT,
    "saidAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "root_pin_pkey" PRIMARY KEY ("memberId")
);

-- AddForeignKey
ALTER TABLE "root_pin" ADD CONSTRAINT "root_pin_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
