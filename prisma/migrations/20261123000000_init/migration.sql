-- CreateEnum
CREATE TYPE "principal_type" AS ENUM ('User', 'ServicePrincipal', 'Group');

-- CreateEnum
CREATE TYPE "gateway_role_name" AS ENUM ('Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator');

-- CreateEnum
CREATE TYPE "load_balancing" AS ENUM ('Failover', 'DistributeEvenly');

-- CreateEnum
CREATE TYPE "connection_role_name" AS ENUM ('Owner', 'UserWithReshare', 'User');

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "displayName" TEXT NOT NULL,
    "wrappedDataKey" BYTEA NOT NULL,
    "wrappingKeyId" TEXT NOT NULL,
    "machineSalt" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "principal" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "type" "principal_type" NOT NULL,
    "upn" TEXT,
    "displayName" TEXT NOT NULL,
    "appId" UUID,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "principal_pkey" PRIMARY KEY ("tenantId","id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "tenantId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID NOT NULL,
    "actorType" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "gatewayId" UUID,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT,
    "traceId" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "environment" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "displayName" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "environment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "licence_record" (
    "tenantId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "plans" JSONB NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "licence_record_pkey" PRIMARY KEY ("tenantId","userId")
);

-- CreateTable
CREATE TABLE "gateway_role" (
    "gatewayId" UUID NOT NULL,
    "principalId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "principalType" "principal_type" NOT NULL,
    "role" "gateway_role_name" NOT NULL,
    "allowedKinds" TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gateway_role_pkey" PRIMARY KEY ("gatewayId","principalId")
);

-- CreateTable
CREATE TABLE "gateway" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "loadBalancing" "load_balancing" NOT NULL DEFAULT 'Failover',
    "sealingKey" JSONB NOT NULL,
    "sealingKeyId" TEXT NOT NULL,
    "recovery" BYTEA NOT NULL,
    "allowCustomConnectors" BOOLEAN NOT NULL DEFAULT true,
    "allowCloudConnectionRefresh" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gateway_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "identityKey" BYTEA NOT NULL,
    "receivingKey" BYTEA NOT NULL,
    "machine" BYTEA NOT NULL,
    "version" TEXT NOT NULL,
    "capabilities" JSONB NOT NULL,
    "instance" INTEGER NOT NULL DEFAULT 0,
    "lastHeartbeatAt" TIMESTAMPTZ(3),
    "connectedEpoch" INTEGER,
    "receiving" BOOLEAN NOT NULL DEFAULT false,
    "draining" BOOLEAN NOT NULL DEFAULT false,
    "inFlight" INTEGER NOT NULL DEFAULT 0,
    "load" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member_token" (
    "hash" BYTEA NOT NULL,
    "memberId" UUID NOT NULL,
    "instance" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "used_assertion" (
    "jti" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_assertion_pkey" PRIMARY KEY ("jti")
);

-- CreateTable
CREATE TABLE "session_key" (
    "gatewayId" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "memberId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "sealed" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_key_pkey" PRIMARY KEY ("gatewayId","epoch","memberId")
);

-- CreateTable
CREATE TABLE "join_token" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "hash" BYTEA NOT NULL,
    "region" TEXT NOT NULL,
    "gatewayName" TEXT NOT NULL,
    "createdBy" UUID NOT NULL,
    "createdByType" "principal_type" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "consumedAt" TIMESTAMPTZ(3),

    CONSTRAINT "join_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relay_queue_lease" (
    "queue" TEXT NOT NULL,
    "purpose" TEXT,

    CONSTRAINT "relay_queue_lease_pkey" PRIMARY KEY ("queue")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "displayName" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "target" JSONB NOT NULL,
    "credentialType" TEXT NOT NULL,
    "encryption" TEXT NOT NULL,
    "privacyLevel" TEXT NOT NULL DEFAULT 'Organizational',
    "credential" BYTEA,
    "credentialHash" BYTEA,
    "sealingKeyId" TEXT,
    "createdBy" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_role" (
    "connectionId" UUID NOT NULL,
    "principalId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "principalType" "principal_type" NOT NULL,
    "role" "connection_role_name" NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_role_pkey" PRIMARY KEY ("connectionId","principalId")
);

-- CreateTable
CREATE TABLE "connection_environment" (
    "connectionId" UUID NOT NULL,
    "environmentId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,

    CONSTRAINT "connection_environment_pkey" PRIMARY KEY ("connectionId","environmentId")
);

-- CreateTable
CREATE TABLE "flow_request" (
    "requestId" UUID NOT NULL,
    "traceId" TEXT NOT NULL,
    "tenantId" UUID NOT NULL,
    "callerId" UUID NOT NULL,
    "connectionId" UUID,
    "gatewayId" UUID,
    "memberId" UUID,
    "environmentId" UUID,
    "operation" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "code" TEXT,
    "hop" TEXT,
    "outcome" TEXT,
    "attempts" INTEGER NOT NULL,
    "requestBytes" BIGINT NOT NULL,
    "replyBytes" BIGINT NOT NULL,
    "timings" JSONB NOT NULL,
    "client" JSONB NOT NULL,

    CONSTRAINT "flow_request_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "write_record" (
    "tenantId" UUID NOT NULL,
    "callerId" UUID NOT NULL,
    "connectionId" UUID NOT NULL,
    "keyHash" BYTEA NOT NULL,
    "bodyHmac" BYTEA NOT NULL,
    "requestId" UUID NOT NULL,
    "memberId" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "write_record_pkey" PRIMARY KEY ("tenantId","callerId","connectionId","keyHash")
);

-- CreateIndex
CREATE INDEX "principal_tenantId_upn_idx" ON "principal"("tenantId", "upn");

-- CreateIndex
CREATE INDEX "audit_entry_tenantId_at_id_idx" ON "audit_entry"("tenantId", "at" DESC, "id");

-- CreateIndex
CREATE INDEX "audit_entry_tenantId_gatewayId_at_idx" ON "audit_entry"("tenantId", "gatewayId", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "environment_tenantId_displayName_key" ON "environment"("tenantId", "displayName");

-- CreateIndex
CREATE INDEX "gateway_role_tenantId_principalId_idx" ON "gateway_role"("tenantId", "principalId");

-- CreateIndex
CREATE UNIQUE INDEX "gateway_tenantId_name_key" ON "gateway"("tenantId", "name");

-- CreateIndex
CREATE INDEX "member_gatewayId_createdAt_idx" ON "member"("gatewayId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "member_tenantId_machine_key" ON "member"("tenantId", "machine");

-- CreateIndex
CREATE INDEX "member_token_memberId_idx" ON "member_token"("memberId");

-- CreateIndex
CREATE INDEX "member_token_expiresAt_idx" ON "member_token"("expiresAt");

-- CreateIndex
CREATE INDEX "used_assertion_expiresAt_idx" ON "used_assertion"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "join_token_hash_key" ON "join_token"("hash");

-- CreateIndex
CREATE INDEX "join_token_tenantId_createdAt_idx" ON "join_token"("tenantId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "relay_queue_lease_purpose_key" ON "relay_queue_lease"("purpose");

-- CreateIndex
CREATE INDEX "connection_tenantId_id_idx" ON "connection"("tenantId", "id");

-- CreateIndex
CREATE INDEX "connection_gatewayId_idx" ON "connection"("gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "connection_tenantId_displayName_key" ON "connection"("tenantId", "displayName");

-- CreateIndex
CREATE INDEX "connection_role_tenantId_principalId_idx" ON "connection_role"("tenantId", "principalId");

-- CreateIndex
CREATE INDEX "connection_environment_tenantId_environmentId_idx" ON "connection_environment"("tenantId", "environmentId");

-- CreateIndex
CREATE INDEX "flow_request_tenantId_traceId_startedAt_idx" ON "flow_request"("tenantId", "traceId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "flow_request_tenantId_startedAt_idx" ON "flow_request"("tenantId", "startedAt" DESC);

-- CreateIndex
CREATE INDEX "flow_request_startedAt_idx" ON "flow_request"("startedAt");

-- CreateIndex
CREATE INDEX "write_record_expiresAt_idx" ON "write_record"("expiresAt");

-- AddForeignKey
ALTER TABLE "gateway_role" ADD CONSTRAINT "gateway_role_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_token" ADD CONSTRAINT "member_token_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session_key" ADD CONSTRAINT "session_key_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_role" ADD CONSTRAINT "connection_role_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_environment" ADD CONSTRAINT "connection_environment_connectionId_fkey" FOREIGN KEY ("connectionId") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_environment" ADD CONSTRAINT "connection_environment_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
