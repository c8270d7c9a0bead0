import { PageHeader } from '../../parts/page-header.js';
import { texts } from '../../texts/texts.js';

export function Page() {
  return <PageHeader title={texts.nav.explain} />;
}
