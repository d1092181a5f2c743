/** What a fault is: a named way in which the world misbehaves, decided on the tape at a site. */
export {};
