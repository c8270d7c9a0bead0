-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "cpuThreshold" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "memoryThreshold" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "recoveryChangedAt" TIMESTAMPTZ(3),
ADD COLUMN     "recoveryProvedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "join_token" ADD COLUMN     "byTenantAdministrator" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "gatewayId" UUID;

-- AlterTable
ALTER TABLE "member" ADD COLUMN     "certificate" BYTEA,
ADD COLUMN     "conditions" TEXT[],
ADD COLUMN     "drainDeadline" TIMESTAMPTZ(3),
ADD COLUMN     "flaps" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "flapsSince" TIMESTAMPTZ(3),
ADD COLUMN     "keyIds" TEXT[],
ADD COLUMN     "orderedVersion" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "updateReason" TEXT,
ADD COLUMN     "updateState" TEXT;

-- CreateTable
CREATE TABLE "recovery_challenge" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "callerId" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "nonce" BYTEA NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_lock" (
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "callerId" UUID NOT NULL,
    "failures" INTEGER NOT NULL,
    "countedFrom" TIMESTAMPTZ(3) NOT NULL,
    "lockedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_lock_pkey" PRIMARY KEY ("tenantId","gatewayId","callerId")
);

-- CreateTable
CREATE TABLE "recovery_handover" (
    "gatewayId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "tenantId" UUID NOT NULL,
    "proofKey" BYTEA NOT NULL,
    "recoveryKey" BYTEA NOT NULL,
    "salt" BYTEA NOT NULL,
    "signature" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recovery_handover_pkey" PRIMARY KEY ("gatewayId","seq")
);

-- CreateTable
CREATE TABLE "former_member" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "refusedReplies" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "former_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exposure" (
    "memberId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "credentialHash" BYTEA,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" UUID,

    CONSTRAINT "exposure_pkey" PRIMARY KEY ("memberId","connectionId")
);

-- CreateTable
CREATE TABLE "rotation" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "underWay" UUID,
    "leaderId" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "oldKeyId" TEXT NOT NULL,
    "newKey" JSONB,
    "newKeyId" TEXT,
    "packages" JSONB,
    "signature" BYTEA,
    "receipts" UUID[],
    "hasGrace" BOOLEAN NOT NULL DEFAULT true,
    "total" INTEGER NOT NULL DEFAULT 0,
    "startedBy" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resealedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "rotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "release" (
    "version" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,
    "notes" TEXT NOT NULL,
    "manifest" TEXT,
    "keyCertificate" TEXT,
    "fileName" TEXT,
    "bytes" INTEGER,
    "sha256" TEXT,

    CONSTRAINT "release_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "rollout" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "memberIds" UUID[],
    "doneIds" UUID[],
    "state" TEXT NOT NULL,
    "underWay" UUID,
    "step" TEXT,
    "stepDeadline" TIMESTAMPTZ(3),
    "reason" TEXT,
    "orderedBy" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "rollout_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "recovery_challenge_tenantId_gatewayId_callerId_idx" ON "recovery_challenge"("tenantId", "gatewayId", "callerId");

-- CreateIndex
CREATE INDEX "recovery_challenge_expiresAt_idx" ON "recovery_challenge"("expiresAt");

-- CreateIndex
CREATE INDEX "former_member_tenantId_gatewayId_idx" ON "former_member"("tenantId", "gatewayId");

-- CreateIndex
CREATE INDEX "exposure_tenantId_gatewayId_idx" ON "exposure"("tenantId", "gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "rotation_underWay_key" ON "rotation"("underWay");

-- CreateIndex
CREATE INDEX "rotation_tenantId_gatewayId_idx" ON "rotation"("tenantId", "gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "rollout_underWay_key" ON "rollout"("underWay");

-- CreateIndex
CREATE INDEX "rollout_tenantId_gatewayId_startedAt_idx" ON "rollout"("tenantId", "gatewayId", "startedAt");

-- AddForeignKey
ALTER TABLE "recovery_handover" ADD CONSTRAINT "recovery_handover_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rotation" ADD CONSTRAINT "rotation_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;
