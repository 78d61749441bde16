/** The rules of its kind that a payload breaks. The rules are the model's. */
export { validate } from '../../model/kinds/validate.ts';
