/** The work of this function: what a payload breaks of its kind's rules. The rules are the model's. */
export { validate } from '../../model/kinds/validate.ts';
