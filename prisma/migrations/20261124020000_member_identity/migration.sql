-- CreateIndex
CREATE INDEX "member_identityKey_idx" ON "member"("identityKey");
