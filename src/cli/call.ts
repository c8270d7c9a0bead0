import type { Command } from 'commander';
import { createTidegateClient, type TidegateClient } from '../client/tidegate-client.js';
import { CommandError } from './exit-codes.js';
import { printable } from './output/printable.js';
import { renderFields, renderTable, type Column } from './output/table.js';
import { configFolder } from './settings.js';
import type { Shell } from './shell.js';
import { findAccess, type Access } from './sign-in/access.js';
import { SignInFile } from './sign-in/sign-in-file.js';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly url?: string;
  readonly caFile?: string;
}

/** One command as it was typed, and what it needs to be carried out. */
export class Call<Options extends object = object> {
  readonly signInFile: SignInFile;
  readonly options: Options & GlobalOptions;
  /** The words after the command's name. */
  readonly words: readonly string[];
  private found: Promise<Access> | undefined;

  constructor(
    readonly shell: Shell,
    command: Command,
  ) {
    this.options = command.optsWithGlobals<Options & GlobalOptions>();
    this.words = command.args;
    this.signInFile = new SignInFile(configFolder(shell.env));
  }

  /** The word at a place; the command's definition says that it is there. */
  word(at: number): string {
    return this.words[at] ?? '';
  }

  /** @throws CommandError NOT_SIGNED_IN */
  access(): Promise<Access> {
    this.found ??= findAccess(this.shell.env, this.signInFile, this.options);
    return this.found;
  }

  async client(): Promise<TidegateClient> {
    const { url, token, fetch } = await this.access();
    return createTidegateClient({ baseUrl: url, token, fetch });
  }

  /** A list: as JSON in the shape of the API's lists. */
  async printList<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Promise<void> {
    if (this.options.json === true) return this.printJson({ value: rows });
    await this.shell.write(`${renderTable(columns, rows, this.shell.hasColours)}\n`);
  }

  /** One thing: as JSON as the API shows it. */
  async printThing(thing: object, fields?: readonly (readonly [string, unknown])[]): Promise<void> {
    if (this.options.json === true) return this.printJson(thing);
    await this.shell.write(`${renderFields(fields ?? Object.entries(thing))}\n`);
  }

  /** That something is done which has no answer. */
  async printDone(text: string, what: object): Promise<void> {
    await (this.options.json === true ? this.printJson(what) : this.shell.write(`${printable(text)}\n`));
  }

  async printJson(value: unknown): Promise<void> {
    await this.shell.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Asks before something that cannot be taken back. @throws CommandError NOT_CONFIRMED */
  async confirm(question: string): Promise<void> {
    if (this.options.yes === true) return;
    if (!this.shell.isInteractive) {
      throw new CommandError(`${question} Nobody is there to ask.`, {
        code: 'NOT_CONFIRMED',
        remedy: 'Give --yes if you are sure.',
      });
    }
    const answer = await this.shell.ask(`${printable(question)} [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was done.', { code: 'NOT_CONFIRMED' });
  }
}

/** What a command does, as commander calls it. */
export function action<Options extends object = object>(
  shell: Shell,
  work: (call: Call<Options>) => Promise<void>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => work(new Call<Options>(shell, given.at(-1) as Command));
}
