/** What somebody fills in on the sign-in page. */
export interface SignInForm {
  user: string;
  groups: string[];
  /** Lifetime of tokens; null for the client's own. */
  seconds: number | null;
  isCancelled: boolean;
}

/** Cognito API reference, UsernameType and GroupNameType. */
const NAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** Groups of a user (Cognito developer guide, "Quotas"). */
const MOST_GROUPS = 100;
/** Cognito's own longest lifetime of access and ID tokens; there it is at least five minutes. */
const LONGEST_SECONDS = 86_400;

/** @returns what is wrong, as a sentence for the page */
export function parseForm(body: string): SignInForm | string {
  const fields = new URLSearchParams(body);
  const user = (fields.get('user') ?? '').trim();
  const others = (fields.get('other_groups') ?? '').split(',').map((group) => group.trim());
  const groups = [...new Set([...fields.getAll('group'), ...others])].filter((group) => group !== '');
  const lifetime = (fields.get('seconds') ?? '').trim();
  const seconds = lifetime === '' ? null : Number(lifetime);
  if (fields.has('cancel')) {
    return { user, groups, seconds, isCancelled: true };
  }
  if (!NAME.test(user)) {
    return 'A user name has 1 to 128 characters and no spaces.';
  }
  if (groups.length > MOST_GROUPS || !groups.every((group) => NAME.test(group))) {
    return `A group has 1 to 128 characters and no spaces; a user has at most ${MOST_GROUPS} groups.`;
  }
  if (seconds !== null && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= LONGEST_SECONDS)) {
    return `Tokens expire after 1 to ${LONGEST_SECONDS} seconds.`;
  }
  return { user, groups, seconds, isCancelled: false };
}
