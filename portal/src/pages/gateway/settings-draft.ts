import type { Gateway } from './gateway-queries.js';

/** The settings of a gateway as they stand in the form. */
export interface SettingsDraft {
  readonly displayName: string;
  readonly description: string;
  readonly department: string;
  /** One address or name a line. */
  readonly contact: string;
  readonly loadBalancingSetting: Gateway['loadBalancingSetting'];
  readonly allowCustomConnectors: boolean;
  readonly allowCloudConnectionRefresh: boolean;
  /** Percent; 0: never. */
  readonly cpuThreshold: number;
  readonly memoryThreshold: number;
}
export type SettingName = keyof SettingsDraft;

export function draftOf(gateway: Gateway): SettingsDraft {
  const { displayName, loadBalancingSetting, allowCustomConnectors, allowCloudConnectionRefresh } = gateway;
  const { cpuThreshold, memoryThreshold, description, department, contactInformation = [] } = gateway;
  return {
    displayName,
    description: description ?? '',
    department: department ?? '',
    contact: contactInformation.join('\n'),
    loadBalancingSetting,
    allowCustomConnectors,
    allowCloudConnectionRefresh,
    cpuThreshold,
    memoryThreshold,
  };
}

/** Names of what is not the same in both. */
export function differences(one: SettingsDraft, other: SettingsDraft): readonly SettingName[] {
  return (Object.keys(one) as SettingName[]).filter((name) => one[name] !== other[name]);
}

/** Body of the change: only what is different, so that it says in the audit what was meant. */
export function changeOf(before: SettingsDraft, draft: SettingsDraft) {
  const { contact, ...rest } = draft;
  const changed = differences(before, draft);
  const plain = Object.entries(rest).filter(([name]) => changed.includes(name as SettingName));
  return {
    ...(Object.fromEntries(plain) as Partial<typeof rest>),
    ...(changed.includes('contact') && { contactInformation: linesOf(contact) }),
  };
}

/** What keeps a draft from being sent. */
export function wrongIn(draft: SettingsDraft): readonly SettingName[] {
  const wrong: SettingName[] = [];
  if (draft.displayName.trim() === '') wrong.push('displayName');
  for (const name of ['cpuThreshold', 'memoryThreshold'] as const) {
    if (!Number.isInteger(draft[name]) || draft[name] < 0 || draft[name] > 100) wrong.push(name);
  }
  return wrong;
}

/** What both changed since `base`, each in another way, stays as it was typed; what only they changed becomes theirs. */
export function rebased(base: SettingsDraft, draft: SettingsDraft, theirs: SettingsDraft): SettingsDraft {
  const mine = differences(base, draft);
  return { ...theirs, ...Object.fromEntries(mine.map((name) => [name, draft[name]])) };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
