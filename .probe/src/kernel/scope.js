/** Who is acting: the causal lane of the code that runs now. The box carries it through async code; the kernel only reads it. */
/** True while the scope's world goes on and its incarnation lives. */
export const isAlive = (scope) => !scope.world.over && scope.incarnation === scope.world.incarnation;
