import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands for `@aws-sdk/credential-provider-node` in a bundle: a Lambda function's credentials are in its environment
 * variables (AWS Lambda developer guide, "Defined runtime environment variables"), so the rest of the SDK's chain, a
 * third of the bundle, is never reached.
 */
export const defaultProvider = fromEnv;
