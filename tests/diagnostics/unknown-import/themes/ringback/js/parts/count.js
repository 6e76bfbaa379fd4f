export const count = () => document.links.length;
