/** Polynomials over integers, and how one is shown to be at least 0. Coq source. */
export const INDEX_ARITHMETIC = `Arguments Z.mul : simpl never.
Arguments Z.add : simpl never.
Arguments Z.sub : simpl never.
Arguments Z.opp : simpl never.

(* Index arithmetic: polynomials over numbered variables, as sorted lists of monomials. *)
Definition variable := positive.
Bind Scope positive_scope with variable.
Definition env := variable -> Z.
Definition update (r : env) (v : variable) (k : Z) : env := fun u => if Pos.eqb u v then k else r u.
Definition monomial := list variable.
Definition poly := list (monomial * Z).

Fixpoint mval (r : env) (m : monomial) : Z := match m with [] => 1 | v :: n => r v * mval r n end.
Fixpoint pval (r : env) (p : poly) : Z := match p with [] => 0 | (m, c) :: q => c * mval r m + pval r q end.

Fixpoint mcompare (a b : monomial) : comparison :=
  match a, b with
  | [], [] => Eq | [], _ => Lt | _, [] => Gt
  | u :: a, v :: b => match Pos.compare u v with Eq => mcompare a b | c => c end
  end.
Fixpoint minsert (v : variable) (m : monomial) : monomial :=
  match m with [] => [v] | u :: n => if Pos.leb v u then v :: m else u :: minsert v n end.
Definition mmul (a b : monomial) : monomial := fold_right minsert b a.

Fixpoint paddm (m : monomial) (c : Z) (p : poly) : poly :=
  if c =? 0 then p else
  match p with
  | [] => [(m, c)]
  | (n, d) :: q =>
    match mcompare m n with
    | Eq => if c + d =? 0 then q else (n, c + d) :: q
    | Lt => (m, c) :: p
    | Gt => (n, d) :: paddm m c q
    end
  end.
Definition padd (p q : poly) : poly := fold_right (fun mc a => paddm (fst mc) (snd mc) a) q p.
Definition pmulm (m : monomial) (c : Z) (p : poly) : poly :=
  fold_right (fun mc a => paddm (mmul m (fst mc)) (c * snd mc) a) [] p.
Definition pmul (p q : poly) : poly := fold_right (fun mc a => padd (pmulm (fst mc) (snd mc) q) a) [] p.
Definition pconst (c : Z) : poly := paddm [] c [].
Definition pvar (v : variable) : poly := [([v], 1)].
Definition popp (p : poly) : poly := pmulm [] (-1) p.
Definition psub (p q : poly) : poly := padd p (popp q).
Definition peqb (p q : poly) : bool := match psub p q with [] => true | _ => false end.
Definition pvars (p : poly) : list variable := flat_map fst p.
Definition psubst (s : variable -> poly) (p : poly) : poly :=
  fold_right (fun mc a => padd (pmulm [] (snd mc) (fold_right (fun v b => pmul (s v) b) (pconst 1) (fst mc))) a) [] p.
Definition mem (v : variable) (l : list variable) : bool := existsb (Pos.eqb v) l.

Lemma mem_in v l : mem v l = true <-> In v l.
Proof.
  unfold mem. rewrite existsb_exists. split; [intros (u & H & E)|intros H; exists v; split; auto; apply Pos.eqb_refl].
  apply Pos.eqb_eq in E. now subst.
Qed.
Lemma mem_out v l : mem v l = false <-> ~ In v l.
Proof. rewrite <- mem_in. destruct (mem v l); split; congruence. Qed.
Lemma mcompare_eq a : forall b, mcompare a b = Eq -> a = b.
Proof.
  induction a as [|u a IH]; destruct b as [|v b]; simpl; try discriminate; auto.
  destruct (Pos.compare_spec u v); try discriminate. subst. intros. f_equal. auto.
Qed.
Lemma minsert_val r v m : mval r (minsert v m) = r v * mval r m.
Proof. induction m as [|u m IH]; simpl; auto. destruct (Pos.leb v u); simpl; [reflexivity|]. rewrite IH. ring. Qed.
Lemma mmul_val r a b : mval r (mmul a b) = mval r a * mval r b.
Proof. induction a as [|v a IH]; unfold mmul in *; simpl; [ring|]. rewrite minsert_val, IH. ring. Qed.
Lemma paddm_val r m c p : pval r (paddm m c p) = c * mval r m + pval r p.
Proof.
  induction p as [|[n d] q IH]; simpl; destruct (Z.eqb_spec c 0) as [->|]; simpl; try ring.
  destruct (mcompare m n) eqn:E; simpl; [|reflexivity|rewrite IH; ring].
  apply mcompare_eq in E. subst. destruct (Z.eqb_spec (c + d) 0) as [H|]; simpl; [|ring].
  replace d with (- c) by lia. ring.
Qed.
Lemma padd_val r p q : pval r (padd p q) = pval r p + pval r q.
Proof. induction p as [|[m c] p IH]; simpl; [reflexivity|]. rewrite paddm_val, IH. ring. Qed.
Lemma pmulm_val r m c p : pval r (pmulm m c p) = c * mval r m * pval r p.
Proof. induction p as [|[n d] p IH]; simpl; [ring|]. rewrite paddm_val, mmul_val, IH. ring. Qed.
Lemma pmul_val r p q : pval r (pmul p q) = pval r p * pval r q.
Proof. induction p as [|[m c] p IH]; simpl; [reflexivity|]. rewrite padd_val, pmulm_val, IH. ring. Qed.
Lemma pconst_val r c : pval r (pconst c) = c.
Proof. unfold pconst. rewrite paddm_val. simpl. ring. Qed.
Lemma pvar_val r v : pval r (pvar v) = r v.
Proof. unfold pvar, pval, mval. simpl. ring. Qed.
Lemma popp_val r p : pval r (popp p) = - pval r p.
Proof. unfold popp. rewrite pmulm_val. simpl. ring. Qed.
Lemma psub_val r p q : pval r (psub p q) = pval r p - pval r q.
Proof. unfold psub. rewrite padd_val, popp_val. ring. Qed.
Lemma peqb_val p q r : peqb p q = true -> pval r p = pval r q.
Proof.
  unfold peqb. intros H. pose proof (psub_val r p q) as E. destruct (psub p q); [|discriminate]. simpl in E. lia.
Qed.
Lemma psubst_val r s p : pval r (psubst s p) = pval (fun v => pval r (s v)) p.
Proof.
  induction p as [|[m c] p IH]; simpl; [reflexivity|]. rewrite padd_val, pmulm_val, IH. simpl. f_equal.
  rewrite Z.mul_1_r. f_equal. induction m as [|v m IHm]; simpl; [reflexivity|]. rewrite pmul_val, IHm. ring.
Qed.
Lemma pval_ext r s p : (forall v, In v (pvars p) -> r v = s v) -> pval r p = pval s p.
Proof.
  unfold pvars. induction p as [|[m c] p IH]; simpl; intros H; [reflexivity|].
  rewrite IH by (intros; apply H, in_or_app; auto). f_equal. f_equal.
  assert (K : forall v, In v m -> r v = s v) by (intros; apply H, in_or_app; auto).
  clear H IH. induction m as [|v m IHm]; simpl; auto. rewrite K, IHm; simpl; auto. intros; apply K; simpl; auto.
Qed.

(* Index arithmetic as it is written in the statements. *)
Inductive expr := eVar (v : variable) | eInt (c : Z) | eAdd (a b : expr) | eSub (a b : expr) | eMul (a b : expr) | eOpp (a : expr).
Fixpoint eval (r : env) (e : expr) : Z :=
  match e with
  | eVar v => r v | eInt c => c | eAdd a b => eval r a + eval r b | eSub a b => eval r a - eval r b
  | eMul a b => eval r a * eval r b | eOpp a => - eval r a
  end.
Fixpoint norm (e : expr) : poly :=
  match e with
  | eVar v => pvar v | eInt c => pconst c | eAdd a b => padd (norm a) (norm b) | eSub a b => psub (norm a) (norm b)
  | eMul a b => pmul (norm a) (norm b) | eOpp a => popp (norm a)
  end.
Lemma norm_val r e : pval r (norm e) = eval r e.
Proof.
  induction e; cbn [norm eval]; rewrite ?padd_val, ?psub_val, ?pmul_val, ?popp_val, ?pvar_val, ?pconst_val; congruence.
Qed.

(* A polynomial is shown to be at least 0 by a sum of products of facts: naturals, what is known, and the negation
   of the claim itself. The sum is the claim, or -1. *)
Definition evidence := list (list (list poly)).
Definition below (v n : poly) : poly := psub n (padd v (pconst 1)).
Definition natural (p : poly) : bool := match p with [] => true | [([], c)] => 0 <=? c | _ => false end.
Definition known (facts : list poly) (p : poly) : bool := natural p || existsb (peqb p) facts.
Definition total (ps : list (list poly)) : poly :=
  fold_right (fun fs a => padd (fold_right pmul (pconst 1) fs) a) [] ps.
Definition show1 (claim : poly) (ps : list (list poly)) (facts : list poly) : bool :=
  forallb (forallb (known (below claim [] :: facts))) ps && (peqb (total ps) claim || peqb (total ps) (pconst (-1))).
Fixpoint show (claims : list poly) (ev : evidence) (facts : list poly) : bool :=
  match claims, ev with
  | [], _ => true
  | c :: cs, [] => show1 c [] facts && show cs [] facts
  | c :: cs, e :: es => show1 c e facts && show cs es facts
  end.
Definition nonneg (r : env) (p : poly) : Prop := 0 <= pval r p.

Lemma natural_nonneg r p : natural p = true -> nonneg r p.
Proof.
  unfold nonneg. destruct p as [|[[|v m] c] [|]]; simpl; try discriminate; intros; lia.
Qed.
Lemma known_nonneg r facts p : Forall (nonneg r) facts -> known facts p = true -> nonneg r p.
Proof.
  unfold known. rewrite orb_true_iff. intros F [H|H]; [now apply natural_nonneg|].
  apply existsb_exists in H. destruct H as (q & I & E). unfold nonneg. rewrite (peqb_val _ _ r E).
  rewrite Forall_forall in F. now apply F.
Qed.
Lemma total_nonneg r facts ps : Forall (nonneg r) facts -> forallb (forallb (known facts)) ps = true -> nonneg r (total ps).
Proof.
  intros F. unfold nonneg. induction ps as [|fs ps IH]; simpl; [lia|]. rewrite andb_true_iff. intros [H Hs].
  rewrite padd_val. apply Z.add_nonneg_nonneg; [|now apply IH]. clear IH Hs. induction fs as [|f fs IH]; simpl.
  - simpl. lia.
  - simpl in H. apply andb_true_iff in H as [K H]. cbn [fold_right]. rewrite pmul_val. apply Z.mul_nonneg_nonneg; auto.
    now apply (known_nonneg r facts).
Qed.
Lemma below_val r v n : pval r (below v n) = pval r n - 1 - pval r v.
Proof. unfold below. rewrite psub_val, padd_val, pconst_val. lia. Qed.
Lemma show1_sound r claim ps facts : Forall (nonneg r) facts -> show1 claim ps facts = true -> nonneg r claim.
Proof.
  intros F H. apply andb_true_iff in H as [K E]. unfold nonneg. destruct (Z.le_gt_cases 0 (pval r claim)) as [|L]; [auto|].
  assert (T : nonneg r (total ps)).
  { apply total_nonneg with (2 := K). constructor; auto. unfold nonneg. rewrite below_val. simpl. lia. }
  unfold nonneg in T. apply orb_true_iff in E as [E|E]; apply (peqb_val _ _ r) in E; rewrite ?pconst_val in E; lia.
Qed.
Lemma show_sound r claims : forall ev facts, Forall (nonneg r) facts -> show claims ev facts = true -> Forall (nonneg r) claims.
Proof.
  induction claims as [|c cs IH]; intros [|e es] facts F H; simpl in H; auto; apply andb_true_iff in H as [H Hs];
    constructor; eauto using show1_sound.
Qed.
`;
