/** The item that is to be written says what to decide. */
exports.handler = async (event) => {
  const wanted = event.requestMapping.attributeValues.decide.S;
  if (wanted === 'retry')
    return { action: 'retry', retryMapping: { attributeValues: { decided: { S: 'again' } } } };
  if (wanted === 'retry in vain')
    return {
      action: 'retry',
      retryMapping: {
        attributeValues: { decided: { S: 'again' } },
        condition: { expression: 'attribute_not_exists(id)' },
      },
    };
  if (wanted === 'tell')
    return { action: 'retry', retryMapping: { attributeValues: { told: { S: JSON.stringify(event) } } } };
  return { action: wanted };
};
