/** Who acts where nobody asked: the service itself. No principal has this id. */
export const SERVICE = { id: '00000000-0000-0000-0000-000000000000', type: 'Service' } as const;
