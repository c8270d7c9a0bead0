/** What a command sees of the place where it runs. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether there is a person to ask. */
  readonly isInteractive: boolean;
  /** Whether what is printed goes to a terminal that shows colours. */
  readonly hasColours: boolean;
  /** Bytes of standard input. */
  readonly input: AsyncIterable<Buffer>;
  /** Result of a command: as it is, without a line end. */
  write(text: string | Uint8Array): Promise<void>;
  /** For people only: progress, questions, errors; ends the line. */
  note(text: string): void;
  ask(question: string): Promise<string>;
  /** Asks without showing what is typed. */
  askHidden(question: string): Promise<string>;
}
