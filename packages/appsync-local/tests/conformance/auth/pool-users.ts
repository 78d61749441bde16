/** The users of the areas' user pools, with their groups. */
export const POOL_USERS: Record<string, string[]> = {
  ada: ['admins'],
  amy: ['editors', 'admins'],
  eve: ['editors'],
  otto: ['guests'],
  ulf: [],
};

export const GROUPS = [...new Set(Object.values(POOL_USERS).flat())];
