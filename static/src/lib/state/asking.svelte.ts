/** The check that is being answered on the screen: its advice is offered beside the questions, and waits for their end. */
export const asking = $state({ id: '' });
