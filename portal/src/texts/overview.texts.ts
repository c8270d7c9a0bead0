export const overviewTexts = {
  title: 'Overview',
} as const;
