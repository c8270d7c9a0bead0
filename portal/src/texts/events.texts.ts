/** What lists of things that happened have in common. */
export const eventTexts = {
  filter: 'Filter',
  time: 'Time',
  from: 'From',
  to: 'Until',
  ranges: {
    all: 'Any time',
    '1h': 'Last hour',
    '24h': 'Last 24 hours',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
    own: 'Between two times',
  },
  loadingMore: 'Loading more …',
  any: 'Any',
  idWrong: 'An id looks like 00000000-0000-0000-0000-000000000000.',
} as const;
