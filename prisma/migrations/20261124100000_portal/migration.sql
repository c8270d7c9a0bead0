-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "testFailure" TEXT,
ADD COLUMN     "testedAt" TIMESTAMPTZ(3);
