/** Who confirms in the place of a second administrator: an operator, whom IAM allows to run a function. It is no id of a user. */
export const OPERATOR = 'operator:iam';
