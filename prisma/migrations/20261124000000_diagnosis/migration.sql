-- CreateTable
CREATE TABLE "diagnosis" (
    "memberId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "requestedBy" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "openUntil" TIMESTAMPTZ(3),
    "report" JSONB,
    "reportedAt" TIMESTAMPTZ(3),

    CONSTRAINT "diagnosis_pkey" PRIMARY KEY ("memberId")
);

-- CreateTable
CREATE TABLE "log_tail" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "requestedBy" UUID NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "openFor" UUID,
    "startedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "lines" INTEGER NOT NULL DEFAULT 0,
    "bytes" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "log_tail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_tail_batch" (
    "tailId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenantId" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "log_tail_batch_pkey" PRIMARY KEY ("tailId","seq")
);

-- CreateIndex
CREATE UNIQUE INDEX "diagnosis_id_key" ON "diagnosis"("id");

-- CreateIndex
CREATE INDEX "diagnosis_tenantId_gatewayId_idx" ON "diagnosis"("tenantId", "gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "log_tail_openFor_key" ON "log_tail"("openFor");

-- CreateIndex
CREATE INDEX "log_tail_tenantId_memberId_requestedAt_idx" ON "log_tail"("tenantId", "memberId", "requestedAt" DESC);

-- CreateIndex
CREATE INDEX "log_tail_until_idx" ON "log_tail"("until");

-- AddForeignKey
ALTER TABLE "diagnosis" ADD CONSTRAINT "diagnosis_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_tail" ADD CONSTRAINT "log_tail_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "log_tail_batch" ADD CONSTRAINT "log_tail_batch_tailId_fkey" FOREIGN KEY ("tailId") REFERENCES "log_tail"("id") ON DELETE CASCADE ON UPDATE CASCADE;
