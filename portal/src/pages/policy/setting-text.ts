import { texts } from '../../texts/texts.js';
import type { PolicyDraft, PolicyField, TenantPolicy } from './policy-change.js';

const { policy: words } = texts;

/** One setting in words, to compare two versions. */
export function settingText(field: PolicyField, from: PolicyDraft | TenantPolicy): string {
  if (field === 'installers') return from.installers ? words.installerChoices[from.installers] : '';
  if (field === 'listedInstallers') return from.listedInstallers?.map(({ id }) => id).join(', ') ?? '';
  if (field === 'joinTokenCreators')
    return from.joinTokenCreators ? words.joinTokenChoices[from.joinTokenCreators] : '';
  if (field === 'minimumAdministrators') return String(from.minimumAdministrators ?? '');
  if (field === 'licenceRules') return words.licenceChoices[from.licenceRules ?? 'default'];
  if (field === 'allowedKinds') {
    return from.allowedKinds?.map((kind) => texts.sourceKinds[kind]).join(', ') ?? words.allKinds;
  }
  const { limits } = from;
  return Object.entries(words.limitNames)
    .flatMap(([limit, name]) => {
      const value = limits?.[limit as keyof typeof limits];
      return value === undefined || value === null ? [] : [`${name}: ${String(value)}`];
    })
    .join('; ');
}
