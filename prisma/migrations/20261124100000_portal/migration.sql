-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "testFailure" TEXT,
ADD COLUMN     "testedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "audit_entry_tenantId_subjectId_at_idx" ON "audit_entry"("tenantId", "subjectId", "at" DESC);
