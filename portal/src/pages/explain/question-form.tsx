import { Button, Field, Input, makeStyles, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { operationNameSchema } from '../../../../src/contract/operations.js';
import { SOURCE_KINDS } from '../../../../src/contract/targets.js';
import { pages } from '../../../../src/client/pages.js';
import { usePortal } from '../../app/use-portal.js';
import { optionsOf, useConnectionNames, useGatewayNames } from '../../api/use-names.js';
import { ChoiceField } from '../../parts/choice-field.js';
import { PrincipalSearch } from '../../parts/principal-search.js';
import { texts } from '../../texts/texts.js';
import { questionOf, type QuestionTexts } from './question.js';

const { explain: words } = texts;
/** More than this nobody looks for in a list. */
const MAX_ENVIRONMENTS = 500;
const useStyles = makeStyles({
  form: {
    display: 'grid',
    gap: tokens.spacingHorizontalM,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(18rem, 100%), 1fr))',
    alignItems: 'end',
    marginBottom: tokens.spacingVerticalL,
    '& .fui-Input, & .fui-Select': { minWidth: 0 },
  },
});

export interface QuestionFormProps {
  /** What the address of the page says. */
  readonly asked: QuestionTexts;
  readonly isBusy: boolean;
  readonly onAsk: (question: QuestionTexts) => void;
}

/** Who, through what, from where, to do what. */
export function QuestionForm({ asked, isBusy, onAsk }: QuestionFormProps) {
  const styles = useStyles();
  const { client } = usePortal();
  const [typed, setTyped] = useState<QuestionTexts>(() => ({ ...asked, operation: asked.operation || 'listItems' }));
  const change = (part: Partial<QuestionTexts>) => setTyped((before) => ({ ...before, ...part }));
  const connections = useConnectionNames();
  const gateways = useGatewayNames();
  const environments = useQuery({
    queryKey: ['environments', 'names'],
    queryFn: async () => {
      const names = new Map<string, string>();
      for await (const page of pages(client, '/v1/environments')) {
        for (const { id, displayName } of page) names.set(id, displayName);
        if (names.size >= MAX_ENVIRONMENTS) break;
      }
      return names;
    },
  });
  const isGateway = typed.about === 'gateway';
  return (
    <form
      aria-label={words.question}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk(typed);
      }}
    >
      <Field label={words.user} required>
        <Input
          value={typed.user}
          autoComplete="off"
          spellCheck={false}
          onChange={(_event, { value }) => change({ user: value })}
        />
      </Field>
      <PrincipalSearch
        label={words.findUser}
        action={words.choose}
        actionOf={words.chooseOf}
        types={['User']}
        onChoose={({ id, userPrincipalName }) => change({ user: userPrincipalName ?? id })}
      />
      <Field label={words.about}>
        <RadioGroup
          layout="horizontal"
          value={isGateway ? 'gateway' : ''}
          onChange={(_event, { value }) => change({ about: value })}
        >
          <Radio value="" label={words.aboutConnection} />
          <Radio value="gateway" label={words.aboutGateway} />
        </RadioGroup>
      </Field>
      {isGateway ? (
        <ChoiceField
          label={words.gateway}
          value={typed.gateway}
          options={[['', words.pick], ...optionsOf(gateways)]}
          onChoose={(gateway) => change({ gateway })}
        />
      ) : (
        <ChoiceField
          label={words.connection}
          value={typed.connection}
          options={[['', words.pick], ...optionsOf(connections)]}
          onChoose={(connection) => change({ connection })}
        />
      )}
      {isGateway && (
        <ChoiceField
          label={words.kind}
          value={typed.kind}
          options={[['', words.anyKind], ...SOURCE_KINDS.map((kind) => [kind, texts.sourceKinds[kind]] as const)]}
          onChoose={(kind) => change({ kind })}
        />
      )}
      <ChoiceField
        label={words.environment}
        value={typed.environment}
        options={[['', words.noEnvironment], ...(environments.data ? optionsOf(environments.data) : [])]}
        onChoose={(environment) => change({ environment })}
      />
      <ChoiceField
        label={words.operation}
        value={typed.operation}
        options={operationNameSchema.options.map((name) => [name, name] as const)}
        onChoose={(operation) => change({ operation })}
      />
      <div>
        <Button type="submit" appearance="primary" disabledFocusable={isBusy || !questionOf(typed)}>
          {words.ask}
        </Button>
      </div>
    </form>
  );
}
