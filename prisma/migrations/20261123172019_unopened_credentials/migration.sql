-- CreateTable
CREATE TABLE "unopened_credential" (
    "connectionId" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "gatewayId" UUID NOT NULL,
    "credentialHash" BYTEA NOT NULL,
    "triedBy" UUID[],
    "reportedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "setAsideAt" TIMESTAMPTZ(3),

    CONSTRAINT "unopened_credential_pkey" PRIMARY KEY ("connectionId")
);

-- CreateIndex
CREATE INDEX "unopened_credential_tenantId_gatewayId_idx" ON "unopened_credential"("tenantId", "gatewayId");
