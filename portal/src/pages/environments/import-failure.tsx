import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { ApiError } from '../../../../src/client/api-error.js';
import { FailurePanel } from '../../parts/failure-panel.js';
import { texts } from '../../texts/texts.js';
import { faultsOf } from './import-faults.js';

const { environments: words } = texts;

/** Why a list was not imported, line by line. */
export function ImportFailure({ error }: { error: Error }) {
  if (error instanceof SyntaxError) {
    return (
      <MessageBar intent="error" role="alert">
        <MessageBarBody>{words.notJson}</MessageBarBody>
      </MessageBar>
    );
  }
  const faults = error instanceof ApiError ? faultsOf(error) : [];
  if (!(error instanceof ApiError) || faults.length === 0) return <FailurePanel error={error} />;
  const { more } = error.details;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{words.importFaults}</MessageBarTitle>
        <ul>
          {faults.map(({ place, problem }) => (
            <li key={`${place} ${problem}`}>
              <strong>{place}</strong>: <bdi>{problem}</bdi>
            </li>
          ))}
          {more !== undefined && <li>{words.moreFaults(more)}</li>}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
