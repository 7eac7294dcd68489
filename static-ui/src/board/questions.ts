/** A name as the API takes it. */
const NAME = /^[a-z0-9][a-z0-9-]{0,38}$/i;
const WRONG = 'A name has letters, digits and hyphens, 39 at most, and begins with a letter or a digit.';

/** What is asked before something is done to a card, in words. */
export const QUESTIONS = {
  blocked: {
    title: (card: string) => `Block ${card}`,
    label: 'Why is it blocked?',
    hint: 'The reason is shown on the card, so that whoever can help sees what is needed.',
    send: 'Move to Blocked',
    missing: 'A blocked card needs a reason.',
    lines: 3,
  },
  lane: { title: (card: string) => `Lane of ${card}`, label: 'Name of the lane', hint: 'One of the lanes that there are; the page Lanes makes new ones.', send: 'Set the lane', missing: 'A lane needs a name.', most: 39, pattern: NAME, wrong: WRONG },
  owner: { title: (card: string) => `Owner of ${card}`, label: 'Name of the owner', hint: 'The person responsible; it becomes the label owner/….', send: 'Set the owner', missing: 'An owner needs a name.', most: 39, pattern: NAME, wrong: WRONG },
  priority: { title: (card: string) => `Priority of ${card}`, label: 'Priority', hint: 'p0 is the most urgent.', send: 'Set the priority', missing: 'Choose p0 to p3.', most: 2, pattern: /^p[0-3]$/i, wrong: 'It is one of p0, p1, p2, p3.' },
};
