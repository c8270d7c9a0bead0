import { makeStyles, Subtitle1, Text, tokens } from '@fluentui/react-components';
import type { AnswerOf } from '../../../../src/client/tidegate-client.js';
import { StatusLabel } from '../../parts/status-label.js';
import { texts } from '../../texts/texts.js';
import { RuleItem } from './rule-item.js';

const { explain: words } = texts;
export type Explanation = AnswerOf<'post', '/v1/explain'>;

const useStyles = makeStyles({
  verdict: {
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    marginBottom: tokens.spacingVerticalM,
  },
  lead: { display: 'block', unicodeBidi: 'isolate', overflowWrap: 'anywhere' },
  rules: { listStyleType: 'none', margin: 0, padding: 0 },
});

/** The verdict, and what every rule says. */
export function Answer({ explanation }: { explanation: Explanation }) {
  const styles = useStyles();
  const { user, operation, isAllowed, decidedBy, rules, gateway, connection, environment } = explanation;
  const parts = [connection?.displayName, `${gateway.displayName} (${gateway.region})`, environment?.displayName];
  return (
    <section aria-label={isAllowed ? words.allowed : words.refused}>
      <div className={styles.verdict} role="status">
        <Subtitle1 as="h2">
          <StatusLabel tone={isAllowed ? 'good' : 'bad'} label={isAllowed ? words.allowed : words.refused} />
        </Subtitle1>
        <Text className={styles.lead}>
          {isAllowed || decidedBy === undefined
            ? isAllowed
              ? words.allowedLead(user.displayName, operation)
              : words.refused
            : words.refusedLead(user.displayName, operation, words.rules[decidedBy])}
        </Text>
        <Text size={200} className={styles.lead}>
          {parts.filter((part) => part !== undefined).join(' · ')}
        </Text>
      </div>
      <ol className={styles.rules} aria-label={words.rulesLabel}>
        {rules.map((rule) => (
          <RuleItem key={rule.rule} rule={rule} isDeciding={rule.rule === decidedBy} />
        ))}
      </ol>
    </section>
  );
}
