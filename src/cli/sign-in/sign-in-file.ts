import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandError } from '../exit-codes.js';
import { writePrivateFile } from '../private-file.js';
import { systemErrorCode } from '../secret-file.js';

const signInSchema = z.object({
  url: z.string(),
  tenant: z.string(),
  caFile: z.string().optional(),
  clientId: z.string(),
  scope: z.string(),
  tokenEndpoint: z.string(),
  accessToken: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
  /** Of a person. */
  refreshToken: z.string().optional(),
  /** Of a service principal: its secret is read again, never kept. */
  isServicePrincipal: z.boolean().optional(),
});

/** What a sign-in leaves behind on this machine. */
export type SignIn = z.infer<typeof signInSchema>;

/** Keeps one sign-in, in a file for its owner only. */
export class SignInFile {
  readonly path: string;

  constructor(folder: string) {
    this.path = join(folder, 'sign-in.json');
  }

  /** @throws CommandError SIGN_IN_UNREADABLE */
  async read(): Promise<SignIn | undefined> {
    try {
      return signInSchema.parse(JSON.parse(await readFile(this.path, 'utf8')));
    } catch (cause) {
      if (systemErrorCode(cause) === 'ENOENT') return undefined;
      throw new CommandError(`${this.path} cannot be used.`, {
        code: 'SIGN_IN_UNREADABLE',
        remedy: 'Run `tidegate login` again.',
        cause,
      });
    }
  }

  async write(signIn: SignIn): Promise<void> {
    await writePrivateFile(this.path, `${JSON.stringify(signIn, null, 2)}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
