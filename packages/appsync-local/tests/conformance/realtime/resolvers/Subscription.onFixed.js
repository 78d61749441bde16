export const request = () => ({ payload: null });

export const response = () => ({ id: 'of the resolver' });
