-- CreateEnum
CREATE TYPE "principal_state" AS ENUM ('Active', 'Disabled', 'Gone');

-- CreateEnum
CREATE TYPE "installer_rule" AS ENUM ('Open', 'Restricted');

-- CreateEnum
CREATE TYPE "join_token_rule" AS ENUM ('Installers', 'TenantAdministrators');

-- CreateEnum
CREATE TYPE "alert_state" AS ENUM ('Open', 'Acknowledged', 'Resolved');

-- DropForeignKey
ALTER TABLE "connection_environment" DROP CONSTRAINT "connection_environment_environmentId_fkey";

-- DropIndex
DROP INDEX "flow_request_tenantId_startedAt_idx";

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "count" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "hash" BYTEA,
ADD COLUMN     "prevHash" BYTEA,
ADD COLUMN     "seq" BIGINT;

-- AlterTable
ALTER TABLE "environment" DROP CONSTRAINT "environment_pkey",
ADD CONSTRAINT "environment_pkey" PRIMARY KEY ("tenantId", "id");

-- AlterTable
ALTER TABLE "principal" ADD COLUMN     "checkedAt" TIMESTAMPTZ(3),
ADD COLUMN     "state" "principal_state" NOT NULL DEFAULT 'Active';

-- CreateTable
CREATE TABLE "membership_record" (
    "tenantId" UUID NOT NULL,
    "principalId" UUID NOT NULL,
    "groupIds" UUID[],
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "membership_record_pkey" PRIMARY KEY ("tenantId","principalId")
);

-- CreateTable
CREATE TABLE "replica" (
    "id" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "replica_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant_policy" (
    "tenantId" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "installers" "installer_rule" NOT NULL DEFAULT 'Open',
    "joinTokenCreators" "join_token_rule" NOT NULL DEFAULT 'Installers',
    "minimumAdministrators" INTEGER NOT NULL DEFAULT 1,
    "licenceRules" TEXT,
    "allowedKinds" TEXT[],
    "tenantRequestsPerMinute" INTEGER,
    "connectionRequestsPerMinute" INTEGER,
    "callerRequestsPerMinute" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_policy_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "tenant_policy_principal" (
    "tenantId" UUID NOT NULL,
    "principalId" UUID NOT NULL,
    "principalType" "principal_type" NOT NULL,

    CONSTRAINT "tenant_policy_principal_pkey" PRIMARY KEY ("tenantId","principalId")
);

-- CreateTable
CREATE TABLE "audit_chain" (
    "tenantId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("tenantId")
);

-- CreateTable
CREATE TABLE "audit_checkpoint" (
    "tenantId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "keyId" TEXT NOT NULL,
    "jws" TEXT NOT NULL,

    CONSTRAINT "audit_checkpoint_pkey" PRIMARY KEY ("tenantId","seq")
);

-- CreateTable
CREATE TABLE "pending_refusal" (
    "tenantId" UUID NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "digest" BYTEA NOT NULL,
    "actorId" UUID NOT NULL,
    "actorType" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "gatewayId" UUID,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT,
    "traceId" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "pending_refusal_pkey" PRIMARY KEY ("tenantId","minute","digest")
);

-- CreateTable
CREATE TABLE "alert" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" "alert_state" NOT NULL DEFAULT 'Open',
    "gatewayId" UUID,
    "connectionId" UUID,
    "details" JSONB NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedBy" UUID,
    "resolvedAt" TIMESTAMPTZ(3),
    "deliveredAt" TIMESTAMPTZ(3),
    "openKey" TEXT,

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pending_refusal_minute_idx" ON "pending_refusal"("minute");

-- CreateIndex
CREATE INDEX "alert_tenantId_state_openedAt_id_idx" ON "alert"("tenantId", "state", "openedAt" DESC, "id");

-- CreateIndex
CREATE INDEX "alert_tenantId_gatewayId_idx" ON "alert"("tenantId", "gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "alert_tenantId_openKey_key" ON "alert"("tenantId", "openKey");

-- CreateIndex
CREATE INDEX "audit_entry_tenantId_actorId_at_idx" ON "audit_entry"("tenantId", "actorId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_tenantId_seq_key" ON "audit_entry"("tenantId", "seq");

-- CreateIndex
CREATE INDEX "connection_tenantId_displayName_gatewayId_id_idx" ON "connection"("tenantId", "displayName", "gatewayId", "id");

-- CreateIndex
CREATE INDEX "flow_request_tenantId_startedAt_requestId_idx" ON "flow_request"("tenantId", "startedAt" DESC, "requestId");

-- CreateIndex
CREATE INDEX "flow_request_tenantId_gatewayId_startedAt_idx" ON "flow_request"("tenantId", "gatewayId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "flow_request_tenantId_connectionId_startedAt_idx" ON "flow_request"("tenantId", "connectionId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "flow_request_tenantId_callerId_startedAt_idx" ON "flow_request"("tenantId", "callerId", "startedAt" DESC);

-- AddForeignKey
ALTER TABLE "tenant_policy_principal" ADD CONSTRAINT "tenant_policy_principal_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "tenant_policy"("tenantId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_environment" ADD CONSTRAINT "connection_environment_tenantId_environmentId_fkey" FOREIGN KEY ("tenantId", "environmentId") REFERENCES "environment"("tenantId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
