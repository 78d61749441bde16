import { util, type AppSyncIdentityCognito, type AppSyncIdentityIAM, type Context } from '@aws-appsync/utils';

export const request = () => ({});

export const response = (ctx: Context) =>
  util.authType() === 'IAM Authorization'
    ? (ctx.identity as AppSyncIdentityIAM).userArn
    : (ctx.identity as AppSyncIdentityCognito).username;
