/** A value from Bedrock, if it is safe to show in a message. */
export const printable = (text: string) => (/^[\w./#-]{1,200}$/.test(text) ? text : '(not shown)');
