import type { Command } from 'commander';

/** What may follow a command: keyed by the words before it, such as `gateways list`. */
export type Vocabulary = ReadonlyMap<string, readonly string[]>;

/** The words of a command tree. */
export function vocabularyOf(program: Command): Vocabulary {
  const global = flagsOf(program);
  const words = new Map<string, readonly string[]>();
  const visit = (command: Command, path: readonly string[]): void => {
    const verbs = command.commands.map((each) => each.name());
    words.set(path.join(' '), [...verbs, ...new Set([...flagsOf(command), ...global])]);
    for (const each of command.commands) visit(each, [...path, each.name()]);
  };
  visit(program, []);
  return words;
}

function flagsOf(command: Command): string[] {
  return [...command.options.map(({ long, short }) => long ?? short ?? ''), '--help'];
}

const cases = (words: Vocabulary): string =>
  [...words].map(([path, next]) => `    '${path}') echo '${next.join(' ')}' ;;`).join('\n');

/** For bash 3.2 and later: no associative arrays. Where nothing is known, files are offered. */
export function bashCompletion(words: Vocabulary): string {
  return `_tidegate_words() {
  case "$1" in
${cases(words)}
    *) return 1 ;;
  esac
}
_tidegate() {
  local path='' next word at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    next="\${path:+$path }$word"
    if _tidegate_words "$next" >/dev/null; then path="$next"; fi
  done
  COMPREPLY=($(compgen -W "$(_tidegate_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _tidegate tidegate
`;
}

/** For zsh, sourced or in a folder of \`fpath\`. */
export function zshCompletion(words: Vocabulary): string {
  return `#compdef tidegate
_tidegate_words() {
  case "$1" in
${cases(words)}
    *) return 1 ;;
  esac
}
_tidegate() {
  local known='' next word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    next="\${known:+$known }$word"
    if _tidegate_words "$next" >/dev/null; then known="$next"; fi
  done
  compadd -- \${=$(_tidegate_words "$known")}
  _files
}
compdef _tidegate tidegate
`;
}

/** For fish. */
export function fishCompletion(words: Vocabulary): string {
  const lines = [...words].map(([path, next]) => {
    const before = path === '' ? '__fish_use_subcommand' : `__tidegate_after ${path}`;
    return `complete -c tidegate -n '${before}' -a '${next.join(' ')}'`;
  });
  return `function __tidegate_after
  set -l given (commandline -opc)
  set -e given[1]
  set -l plain (string match -v -- '-*' $given)
  test (count $plain) -ge (count $argv); or return 1
  test "$plain[1..(count $argv)]" = "$argv"
end
${lines.join('\n')}
`;
}
