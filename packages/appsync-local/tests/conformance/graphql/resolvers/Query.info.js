export function request() {
  return { payload: null };
}

export function response(ctx) {
  return {
    fieldName: ctx.info.fieldName,
    parentTypeName: ctx.info.parentTypeName,
    list: ctx.info.selectionSetList,
    graphQL: ctx.info.selectionSetGraphQL,
    variables: ctx.info.variables,
    author: { name: 'Ada' },
  };
}
