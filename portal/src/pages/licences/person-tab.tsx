import { Button, Spinner, Subtitle2, Text } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useAccount, usePortal } from '../../app/use-portal.js';
import { useSearchTexts } from '../../api/use-search-texts.js';
import { AppLink } from '../../parts/app-link.js';
import { AppliedInput } from '../../parts/applied-input.js';
import { EmptyState } from '../../parts/empty-state.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { FilterGrid } from '../../parts/filter-grid.js';
import { PrincipalSearch } from '../../parts/principal-search.js';
import { texts } from '../../texts/texts.js';
import { PlanTable } from './plan-table.js';
import { VerdictLabel } from './verdict-label.js';

const { licences: words } = texts;

/** One person's plans, and what they come to. */
export function PersonTab() {
  const { client } = usePortal();
  const account = useAccount();
  const queries = useQueryClient();
  const [{ person }, change] = useSearchTexts(['person']);
  const idOrUpn = person === '' ? (account?.username ?? '') : person;
  const params = { path: { idOrUpn } };
  const queryKey = ['licences', 'person', idOrUpn];
  const { data, error, refetch, isLoading } = useQuery({
    queryKey,
    queryFn: () => client.get('/v1/licences/users/{idOrUpn}', { params }),
    enabled: idOrUpn !== '',
  });
  const refresh = useMutation({
    mutationFn: async () => {
      queries.setQueryData(queryKey, await client.post('/v1/licences/users/{idOrUpn}/refresh', { params }));
      await queries.invalidateQueries({ queryKey: ['licences', 'report'] });
    },
  });
  const choose = (value: string) => {
    refresh.reset();
    change({ person: value });
  };
  return (
    <>
      <FilterGrid>
        <AppliedInput label={words.person} value={idOrUpn} onApply={choose} />
      </FilterGrid>
      <PrincipalSearch
        label={texts.explain.findUser}
        action={words.look}
        actionOf={texts.explain.chooseOf}
        types={['User']}
        onChoose={({ id, userPrincipalName }) => choose(userPrincipalName ?? id)}
      />
      {idOrUpn === '' && <EmptyState title={words.tabs.person} lead={words.personLead} />}
      {error && <FailurePanel error={error} onAgain={() => void refetch()} />}
      {isLoading && <Spinner label={words.loading} />}
      {data && (
        <section aria-label={data.user.displayName}>
          <p>
            <Subtitle2 as="h2">
              <bdi>{data.user.displayName}</bdi>
            </Subtitle2>
          </p>
          <p>
            <VerdictLabel isEligible={data.isEligible} /> · {words.ruleSets[data.ruleSet]} ·{' '}
            <AppLink to="/explain" search={{ user: data.user.id }}>
              {words.explainOf(data.user.displayName)}
            </AppLink>
          </p>
          <Button disabledFocusable={refresh.isPending} onClick={() => refresh.mutate()}>
            {words.refresh}
          </Button>{' '}
          <Text role="status">
            {refresh.isPending ? words.refreshing : refresh.isSuccess ? words.refreshed : words.personLead}
          </Text>
          {refresh.error && <FailurePanel error={refresh.error} />}
          <PlanTable plans={data.plans} />
        </section>
      )}
    </>
  );
}
