export const PLACES: Readonly<Record<'publicUrl' | 'audience' | 'scope' | 'clientId', string>>;
