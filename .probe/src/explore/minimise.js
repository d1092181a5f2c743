/** Delta debugging (Zeller and Hildebrandt 2002), by complements: drops ever smaller chunks until no single item can go. */
/** `accepts` returns what is left of a smaller list that still does it, or undefined. The last list accepted is the result. */
export async function minimise(items, accepts) {
    let left = items;
    let size = Math.ceil(left.length / 2);
    while (left.length > 0) {
        let dropped = false;
        for (let at = 0; at < left.length;) {
            const rest = await accepts([...left.slice(0, at), ...left.slice(at + size)]);
            if (rest) {
                left = rest;
                dropped = true;
            }
            else
                at += size;
        }
        if (size === 1 && !dropped)
            break;
        size = Math.min(Math.ceil(size / 2), Math.max(1, left.length));
    }
    return left;
}
