/** Tables of the app, by the names that requests give. */
export const ENTRIES = 'conformance-iam-entries';
export const OTHERS = 'conformance-iam-others';
