-- AlterTable
ALTER TABLE "member" ADD COLUMN     "refusals" JSONB;
