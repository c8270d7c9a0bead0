import { randomInt } from 'node:crypto';

/** Shortest recovery key accepted, in characters: the gateway's rule since its first version. */
export const MIN_RECOVERY_KEY_LENGTH = 8;
export const MAX_RECOVERY_KEY_LENGTH = 1024;

/**
 * Stems of what people type first. A passphrase that is one of these with digits, signs or repeats around it falls to
 * the first page of any guesser's list.
 */
const COMMON_STEMS = [
  'password', 'passwort', 'passw0rd', 'letmein', 'welcome', 'qwerty', 'qwertz', 'azerty', 'asdfgh', 'zxcvbn', 'iloveyou',
  'admin', 'administrator', 'gateway', 'tidegate', 'recovery', 'recoverykey', 'secret', 'changeme', 'default', 'monkey',
  'dragon', 'football', 'baseball', 'sunshine', 'princess', 'superman', 'batman', 'master', 'shadow', 'trustno', 'starwars',
  'computer', 'internet', 'microsoft', 'powerbi', 'powerapps', 'onpremises', 'datagateway', 'summer', 'winter', 'spring',
  'autumn', 'january', 'february', 'september', 'october', 'november', 'december', 'company', 'contoso', 'fabrikam',
  'whatever', 'freedom', 'correcthorsebatterystaple', 'abcdef', 'abcd', 'abc', 'test', 'user', 'root', 'login', 'hello',
]; // prettier-ignore
const STEMS: ReadonlySet<string> = new Set(COMMON_STEMS);
const RUNS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
];

export interface Strength {
  readonly label: 'weak' | 'fair' | 'good' | 'strong';
  /** Rough guess in bits, from above: people are less random than their alphabet. */
  readonly bits: number;
}

/** Why a recovery key is refused, in one sentence; undefined when it may be used. */
export function recoveryKeyProblem(key: string): string | undefined {
  const length = [...key].length;
  if (length < MIN_RECOVERY_KEY_LENGTH) {
    return `The recovery key has ${length} characters; it needs at least ${MIN_RECOVERY_KEY_LENGTH}.`;
  }
  if (length > MAX_RECOVERY_KEY_LENGTH) return `The recovery key is longer than ${MAX_RECOVERY_KEY_LENGTH} characters.`;
  if (/\p{Cc}/u.test(key)) return 'The recovery key contains control characters, which no keyboard will type again.';
  if (isCommon(key)) return 'The recovery key is among the phrases that are guessed first.';
  if (new Set(key).size < 4) return 'The recovery key repeats very few characters.';
  return undefined;
}

/** How hard a key is to guess, for the person who chooses it. */
export function recoveryKeyStrength(key: string): Strength {
  const alphabet =
    (/[a-z]/.test(key) ? 26 : 0) +
    (/[A-Z]/.test(key) ? 26 : 0) +
    (/\d/.test(key) ? 10 : 0) +
    (/[^a-zA-Z\d]/.test(key) ? 32 : 0);
  const variety = Math.min(1, new Set(key).size / Math.min([...key].length, 16));
  const bits = Math.round(Math.log2(Math.max(2, alphabet)) * [...key].length * variety);
  const label = bits < 45 ? 'weak' : bits < 65 ? 'fair' : bits < 90 ? 'good' : 'strong';
  return { label, bits };
}

/** Without the letters that are read wrong from paper (0 O 1 I L U): 30 characters, 4.9 bits each. */
const PAPER_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 6;
const GROUP_LENGTH = 5;

/** A recovery key of about 147 bits that a person can write on paper. */
export function generateRecoveryKey(): string {
  const letter = () => PAPER_ALPHABET.charAt(randomInt(PAPER_ALPHABET.length));
  return Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_LENGTH }, letter).join('')).join('-');
}

function isCommon(key: string): boolean {
  const plain = key.normalize('NFKC').toLowerCase();
  // A year or a sign at the end is what a policy made of the word, not part of its spelling.
  const word = plain.replace(/[^\p{L}]+$/u, '');
  return [plain, unleet(plain), unleet(word)].some((text) => {
    const letters = text.replace(/[^\p{L}]/gu, '');
    const squeezed = text.replace(/[^\p{L}\p{N}]/gu, '');
    const half = letters.slice(0, letters.length / 2);
    return (
      STEMS.has(letters) ||
      STEMS.has(squeezed) ||
      (half + half === letters && STEMS.has(half)) ||
      (squeezed.length >= 4 && RUNS.some((run) => run.includes(squeezed)))
    );
  });
}

const LEET: Readonly<Record<string, string>> = {
  '@': 'a',
  4: 'a',
  3: 'e',
  1: 'i',
  '!': 'i',
  0: 'o',
  5: 's',
  $: 's',
  7: 't',
};

function unleet(text: string): string {
  return text.replace(/[@4310!5$7]/g, (sign) => LEET[sign] ?? sign);
}
