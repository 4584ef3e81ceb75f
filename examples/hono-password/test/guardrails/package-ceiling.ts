// The number of packages that this project may hold: raising it is a decision, and shows up in a review.

/** Today’s number and a little room. Builds for one operating system or processor do not count. */
export const mostPackages = 122;
