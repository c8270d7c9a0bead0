import { Link } from '@tanstack/react-router';
import { texts } from '../texts/texts.js';
import { EmptyState } from '../parts/empty-state.js';

export function NotFoundPage() {
  return (
    <EmptyState title={texts.shell.notFound} lead={texts.shell.notFoundLead}>
      <Link to="/">{texts.shell.home}</Link>
    </EmptyState>
  );
}
