/** What the simulated services applied: ground truth, which no agent sees. */
export class EffectLedger {
    rows = [];
    apply(row) {
        const full = { effect: this.rows.length, compensated: false, ...row };
        this.rows.push(full);
        return full;
    }
    compensate(effect) {
        const row = this.rows[effect];
        if (row)
            row.compensated = true;
    }
}
