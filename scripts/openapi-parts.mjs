/** What `describeOpenApi` needs of the program, as it was built into `dist`. */
export async function openApiParts() {
  const { AppModule } = await import('../dist/app.module.js');
  const { readConfig } = await import('../dist/config/env.js');
  const { createHttpAdapter } = await import('../dist/common/http/server.js');
  const { IS_PUBLIC } = await import('../dist/common/auth/public.decorator.js');
  const { ANSWERS } = await import('../dist/common/http/answers.decorator.js');
  const { MemberGuard } = await import('../dist/modules/agent-api/member.guard.js');
  const { RegistrantGuard } = await import('../dist/modules/agent-api/registrant.guard.js');
  const { PRODUCT_VERSION: version } = await import('../dist/contract/version.js');
  return { AppModule, readConfig, createHttpAdapter, IS_PUBLIC, ANSWERS, MemberGuard, RegistrantGuard, version };
}
