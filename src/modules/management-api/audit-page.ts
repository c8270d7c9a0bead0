import { showPage } from '../../common/http/show-page.js';
import type { Page } from '../../common/page.js';
import type { AuditFilter } from '../audit/audit.types.js';
import type { AuditEntryView } from '../audit/audit-search.service.js';

/** @param address of the list @param filter that the next page must have too */
export function showAuditPage(page: Page<AuditEntryView>, address: string, filter: AuditFilter) {
  const narrowed = new URL(address);
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) narrowed.searchParams.set(name, value instanceof Date ? value.toISOString() : value);
  }
  return showPage(page, narrowed.href, showEntry);
}

function showEntry(entry: AuditEntryView) {
  const { id, seq, at, actorId, actorType, gatewayId, subjectType, subjectId, ...rest } = entry;
  return {
    id: String(id),
    ...(seq === null ? {} : { seq: Number(seq) }),
    at: at.toISOString(),
    actor: { id: actorId, type: actorType },
    ...rest,
    ...(gatewayId === null ? {} : { gatewayId }),
    subject: { type: subjectType, ...(subjectId === null ? {} : { id: subjectId }) },
  };
}
