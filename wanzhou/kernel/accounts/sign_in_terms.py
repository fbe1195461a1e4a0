"""The words of the sign-in log (登录记录)."""

from __future__ import annotations

from wanzhou.kernel.terms import Term


class SignInStep(Term):
    """What happened at the door."""

    ENTERED = "entered", "登录成功"
    REFUSED = "refused", "登录失败"
    LEFT = "left", "退出"


class SignInReason(Term):
    """How somebody came in, why not, or why he left."""

    PASSWORD = "password", "密码"
    PASSWORD_AND_CODE = "code", "密码和验证码"
    PASSWORD_AND_RECOVERY_CODE = "recovery-code", "密码和恢复码"
    UNKNOWN_ACCOUNT = "unknown-account", "没有这个账号"
    DEACTIVATED = "deactivated", "账号已停用或不能登录"
    WRONG_PASSWORD = "wrong-password", "密码不对"
    WRONG_CODE = "wrong-code", "验证码或恢复码不对"
    LOCKED_OUT = "locked-out", "暂停登录期间"
    SIGNED_OUT = "signed-out", "本人退出"
    IDLE = "idle", "长时间没有操作"
    TOO_LONG = "too-long", "达到最长登录时间"
