-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "annotation" TEXT;

-- AlterTable
ALTER TABLE "gateway" ADD COLUMN     "contactInformation" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "department" TEXT,
ADD COLUMN     "description" TEXT;

-- CreateTable
CREATE TABLE "operation" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "createdBy" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "percentComplete" INTEGER,
    "error" JSONB,
    "result" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_gateway_resource" (
    "id" UUID NOT NULL,
    "tenantId" UUID NOT NULL,
    "subscriptionId" UUID NOT NULL,
    "resourceGroup" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "resourceGroupKey" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "tags" JSONB NOT NULL,
    "gatewayId" UUID NOT NULL,
    "createdBy" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_gateway_resource_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "operation_tenantId_id_idx" ON "operation"("tenantId", "id");

-- CreateIndex
CREATE INDEX "operation_tenantId_createdBy_idx" ON "operation"("tenantId", "createdBy");

-- CreateIndex
CREATE INDEX "operation_expiresAt_idx" ON "operation"("expiresAt");

-- CreateIndex
CREATE INDEX "connection_gateway_resource_tenantId_gatewayId_idx" ON "connection_gateway_resource"("tenantId", "gatewayId");

-- CreateIndex
CREATE UNIQUE INDEX "connection_gateway_resource_tenantId_subscriptionId_resourc_key" ON "connection_gateway_resource"("tenantId", "subscriptionId", "resourceGroupKey", "nameKey");

-- AddForeignKey
ALTER TABLE "connection_gateway_resource" ADD CONSTRAINT "connection_gateway_resource_gatewayId_fkey" FOREIGN KEY ("gatewayId") REFERENCES "gateway"("id") ON DELETE CASCADE ON UPDATE CASCADE;
