import { Text } from '@fluentui/react-components';
import { AppLink } from '../../parts/app-link.js';
import type { EventColumn } from '../../parts/event-table.js';
import { texts } from '../../texts/texts.js';
import type { UserVerdict } from './use-licences.js';
import { VerdictLabel } from './verdict-label.js';

const { licences: words } = texts;

/** Columns of a list of verdicts. */
export const VERDICT_COLUMNS: readonly EventColumn<UserVerdict>[] = [
  {
    title: words.columns.person,
    track: 'minmax(11rem, 1.4fr)',
    show: ({ user }) => (
      <>
        <bdi>{user.displayName}</bdi>
        <br />
        <Text size={200}>{user.upn ?? user.id}</Text>
      </>
    ),
  },
  { title: words.columns.verdict, track: '10rem', show: ({ isEligible }) => <VerdictLabel isEligible={isEligible} /> },
  {
    title: words.columns.plan,
    track: 'minmax(12rem, 2fr)',
    show: ({ plan }) => (plan === 'none' ? words.noPlan : plan),
  },
  { title: words.columns.rules, track: '5rem', show: ({ ruleSet }) => words.ruleSets[ruleSet] },
  {
    title: words.columns.explain,
    track: '5rem',
    show: ({ user }) => (
      <AppLink to="/explain" search={{ user: user.id }}>
        {words.explain}
      </AppLink>
    ),
  },
];
