import { Spinner } from '@fluentui/react-components';
import { texts } from '../texts/texts.js';

export function PageLoading() {
  return <Spinner label={texts.shell.loading} style={{ padding: '4rem' }} />;
}
